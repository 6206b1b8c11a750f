; A member named `invoke` of something.
(member_expression
  property: (property_identifier) @anchor
  (#eq? @anchor "invoke")) @edge_function
