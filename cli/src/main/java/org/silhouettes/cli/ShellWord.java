package org.silhouettes.cli;

/** Text as one word of a POSIX shell's command line. */
final class ShellWord {

    private ShellWord() {}

    /** The text itself where the shell takes it as it is, else in single quotes. */
    static String of(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
