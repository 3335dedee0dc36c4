"""From saved pages whose truth is known to the weights by which lines of text are labelled.

In: folders of pages laid out as ``collections`` describes. Out: ``weights.txt`` of
``feeds/normalise/labels``, and beside it what is known of them. Nothing of the program imports
this, and no page stays here.

    python -m training rebuild FOLDER     fits without each fold of publishers, labels their pages,
                                          writes the mean of the weights and where they are from
    python -m training validate FOLDER    the same without each language, without each collection
"""
