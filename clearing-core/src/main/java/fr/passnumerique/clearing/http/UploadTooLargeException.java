package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A body is, or grew, beyond the limit. A form beyond it ends in Spring's {@code
 * MaxUploadSizeExceededException} instead. Both are answered by {@code UPLOAD_TOO_LARGE}; an
 * endpoint that has to note them handles both itself and answers by {@link #answer}.
 */
public final class UploadTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  UploadTooLargeException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }

  /** 413 {@code UPLOAD_TOO_LARGE}; what is left of the body is not read. */
  public static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Connection", "close");
    ProblemWriter.write(request, response, UploadLimit.tooLarge(UploadLimit.of(request)));
  }
}
