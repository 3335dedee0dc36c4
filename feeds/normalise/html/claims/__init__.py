"""What an HTML page claims about its article, and which claim is trusted.

``metadata``, ``jsonld``, ``microdata`` and ``microformats`` find what is said for machines,
``shown`` what stands beside the headline, ``dated`` and ``relative`` the dates in it, ``heading``
the headline itself, ``media`` what the article has besides words. ``titles`` takes the most
trusted form of it, ``choose`` that of each other field, and says what it doubts; ``agreement``
tells whether two of them say the same.
"""
