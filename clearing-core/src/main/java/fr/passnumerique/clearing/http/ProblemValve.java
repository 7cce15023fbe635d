package fr.passnumerique.clearing.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * What Tomcat refuses before any filter sees it, such as an address it cannot read, as a problem.
 */
final class ProblemValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    Problem problem =
        new Problem(
            response.getStatus(),
            status == null ? "REFUSED" : status.name(),
            "the request cannot be read as HTTP",
            "correct its address or its headers");
    try {
      ProblemWriter.writeJson(response, ProblemBody.of(problem));
    } catch (IOException e) {
      LOG.debug("the client closed the connection", e);
    }
  }
}
