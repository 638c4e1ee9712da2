"""Sign-ins: where a person is signed in, seen and ended, with every socket that hangs on one."""
