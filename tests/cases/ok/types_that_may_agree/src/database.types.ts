export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      notes: {
        Row: {
          at: string | null
          id: string
          in: string | null
          index: number | null
          label: string | null
        }
        Relationships: []
      }
    }
    Views: { [_ in never]: never }
    Functions: { [_ in never]: never }
    Enums: { mood: "sad" | "ok" | "added by hand" }
  }
}
