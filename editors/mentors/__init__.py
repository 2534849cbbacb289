"""One editor stands by another: asked for, accepted, ended by either. Nobody is paid for recruiting."""
