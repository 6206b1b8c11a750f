export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: string } }
      tags: { Row: { id: string } } // expect: FC502
      "odd name": { Row: { id: string } }
    }
    Views: {
      recent: { Row: { id: string } }
    }
  }
}
