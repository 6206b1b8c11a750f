export type Database = {
  public: {
    Tables: {
      gauges: { Row: { id: string; level: number }; Relationships: [] } // expect: FC502
    }
    Views: { [_ in never]: never }
  }
}
