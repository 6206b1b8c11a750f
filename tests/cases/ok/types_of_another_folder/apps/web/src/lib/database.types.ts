export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

// The web app's folder has no migrations: what its database holds is known from its types alone.
export type Database = {
  public: {
    Tables: {
      rooms: {
        Row: { id: number; name: string };
        Insert: { id?: number; name: string };
        Update: { id?: number; name?: string };
        Relationships: [];
      };
    };
    Views: { [_ in never]: never };
    Functions: { [_ in never]: never };
  };
};
