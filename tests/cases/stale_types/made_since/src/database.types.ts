export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  __InternalSupabase: {
    PostgrestVersion: "12.2.3"
  }
  public: { // expect: FC503
    Tables: {
      notes: { Row: { id: string }; Relationships: [] }
    }
    Views: { [_ in never]: never }
    Functions: { [_ in never]: never }
    Enums: {
      mood: "sad" | "ok"
    }
  }
}
