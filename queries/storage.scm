; The methods of `storage` that take the name of a bucket.
(member_expression
  property: (property_identifier) @anchor
  (#any-of? @anchor "from" "createBucket" "getBucket" "updateBucket" "emptyBucket" "deleteBucket")) @storage
