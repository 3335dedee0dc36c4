"""Whether it can be installed as docs/installing.md says: by its own lines, where nothing else is.

These are commands, and no tests, since they ask package indexes; only what stands in files is
looked at by the tests here. ``pipx`` is a part of .ci/wheel, ``chroot`` of ``make install-check``.
Both need Python alone.
"""
