"""What an HTML page claims about its article, and which claim is trusted.

``metadata``, ``jsonld`` and ``microdata`` find what is said for machines, ``shown`` what stands
beside the headline, ``heading`` the headline itself. ``titles`` takes the most trusted form of
it, ``choose`` that of each other field, and says what it doubts; ``agreement`` tells whether two
of them say the same.
"""
