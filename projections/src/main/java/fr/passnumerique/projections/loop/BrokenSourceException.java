package fr.passnumerique.projections.loop;

/** What follows a position cannot be read, however often it is tried. */
public final class BrokenSourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long position;

  /**
   * @param position the first that cannot be read
   */
  public BrokenSourceException(long position, String message) {
    super(message);
    this.position = position;
  }

  public BrokenSourceException(long position, String message, Throwable cause) {
    super(message, cause);
    this.position = position;
  }

  public long position() {
    return position;
  }
}
