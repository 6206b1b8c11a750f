export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]
export type Database = {
  public: { // expect: FC503
    Tables: {
      pages: { Row: { id: string; book_id: string | null }; Relationships: [] }
      notes: { Row: { id: string }; Relationships: [] }
    }
    Views: { [_ in never]: never }
  }
}
