"""What every other package stands on: settings, database, money, time, jobs, accounts, web."""
