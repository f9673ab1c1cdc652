"""What others use to check a result. It shares nothing with the product."""
