try:
    from packlint.cli import main

    code = main()
except KeyboardInterrupt:  # while modules were loaded
    code = 130
raise SystemExit(code)
