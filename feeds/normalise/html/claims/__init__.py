"""What an HTML page claims about its article, and which claim is trusted.

``metadata``, ``jsonld`` and ``microdata`` find what is said for machines, ``shown`` what stands
beside the headline; ``choose`` takes the most trusted of each field, and says what it doubts.
"""
