export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      notes: { // expect: FC503
        Row: { id: string; text: string | null; title: string | null; added_by_hand: string }
        Relationships: []
      }
      tags: { Row: { id: string }; Relationships: [] }
    }
    Views: { [_ in never]: never }
  }
}
