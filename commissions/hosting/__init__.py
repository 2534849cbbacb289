"""What hosts of events earn by a rule: for each guest who came, or a share of what they bought."""
