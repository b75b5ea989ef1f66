package org.silhouettes.imaging;

/** Bytes that are no picture this system takes; the message says what is wrong and, where there is one, the remedy. */
public final class PictureException extends Exception {

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
