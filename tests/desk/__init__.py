"""The desk: who is let in, what is shown, what editors can do."""
