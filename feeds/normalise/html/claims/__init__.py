"""What an HTML page claims about its article, and which claim is trusted.

``metadata``, ``jsonld`` and ``microdata`` find what is said for machines, ``shown`` what stands
beside the headline; ``heading`` and ``titles`` have the headline itself, and ``choose`` takes the most trusted of
each other field, and says what it doubts. ``agreement`` tells whether two of them say the same.
"""
