"""What people type, as values that services take. A form never saves."""
