"""Git's hooks: put in place beside what is there, and what they ask when git runs them."""
