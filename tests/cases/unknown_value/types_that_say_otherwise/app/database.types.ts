export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      deals: {
        Row: { id: number; mood: Database['public']['Enums']['mood'] | null; stage: string | null };
        Insert: { id: number; mood?: Database['public']['Enums']['mood'] | null; stage?: string | null };
        Update: { id?: number; mood?: Database['public']['Enums']['mood'] | null; stage?: string | null };
        Relationships: [];
      };
    };
    Views: { [_ in never]: never };
    Functions: { [_ in never]: never };
    Enums: { mood: 'glad' | 'sad' | 'calm'; stage: 'open' | 'won' };
    CompositeTypes: { [_ in never]: never };
  };
};
