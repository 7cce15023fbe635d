package fr.passnumerique.clearing.http;

import java.io.IOException;

/** A body grew beyond the limit while it was read. */
final class UploadTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  UploadTooLargeException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
