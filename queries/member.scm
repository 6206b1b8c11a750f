; A member of something: which names are asked for, whether it is called, and on what, is not a question of syntax.
(member_expression
  property: (property_identifier) @anchor) @member
