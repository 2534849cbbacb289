"""Files people see: kept by the hash of their content, served for ever, never changed."""
