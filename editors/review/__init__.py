"""How applications are answered: reasons for a no, when somebody may ask again, what is approved unasked."""
