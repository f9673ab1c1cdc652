"""What `similarity.py` is made of: a grammar in two languages, copies planted in its texts, and its peers."""
