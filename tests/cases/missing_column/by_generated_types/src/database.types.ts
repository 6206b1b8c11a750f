export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: number; text: string | null }; Relationships: [] }
      tags: { Row: { id: string; label: string; note_id: number }; Relationships: [] } // expect: FC502
    }
    Views: { [_ in never]: never }
  }
}
