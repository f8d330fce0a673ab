"""The subcommands of ``mechsim``, one a file: ``add_to`` describes it, ``run`` does it."""
