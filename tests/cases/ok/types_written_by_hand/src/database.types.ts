export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

// Written by hand, for what this app asks alone.
export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: string } }
    }
    Views: { [_ in never]: never }
  }
}
