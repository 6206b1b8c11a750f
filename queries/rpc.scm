; A member named `rpc`.
(member_expression
  property: (property_identifier) @anchor
  (#eq? @anchor "rpc")) @rpc
