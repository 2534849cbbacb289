"""People who sign in: accounts, roles, permissions, the guards on every route."""
