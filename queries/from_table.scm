; A member named `from`. Whether it is called, and on what, is not a question of syntax alone.
(member_expression
  property: (property_identifier) @anchor
  (#eq? @anchor "from")) @from_table
