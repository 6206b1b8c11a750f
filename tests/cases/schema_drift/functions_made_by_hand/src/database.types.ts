export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: number } }
    }
    Views: { [_ in never]: never }
    Functions: {
      count_notes: { Args: never; Returns: number }
    }
  }
}
