"""All events together, for staff: by store, kind and host over some days, as a file, and by month."""
