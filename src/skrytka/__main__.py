from skrytka.cli.main import main

raise SystemExit(main())
