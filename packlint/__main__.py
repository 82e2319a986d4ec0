try:
    from packlint.cli import run

    run()
except KeyboardInterrupt:  # while modules were loaded
    raise SystemExit(130) from None
