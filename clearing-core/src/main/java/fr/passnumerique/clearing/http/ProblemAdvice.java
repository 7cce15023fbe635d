package fr.passnumerique.clearing.http;

import fr.passnumerique.clearing.ledger.LedgerBehindException;
import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.MissingKeyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * Turns whatever ends a request early into a {@link Problem}, and a failure of ours into an opaque
 * incident: what happened stands in the log under that number, and nowhere else.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String RETRY_AFTER_SECONDS = "1";

  private final long maxUploadBytes;

  ProblemAdvice(long maxUploadBytes) {
    this.maxUploadBytes = maxUploadBytes;
  }

  /** Spring Security's own filter answers these: it knows whether to ask for a login. */
  @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
  void leaveToSecurity(RuntimeException e) {
    throw e;
  }

  /** The client went away: nobody reads an answer. */
  @ExceptionHandler(AsyncRequestNotUsableException.class)
  void nobodyListens(HttpServletResponse response) {
    LOG.debug("the client closed the connection");
  }

  /** Where no filter asked for a field before the endpoint did. */
  @ExceptionHandler
  void unreadableForm(
      InvalidParameterException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    UploadLimit.answer(e, request, response);
  }

  @ExceptionHandler
  void answer(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted() && e instanceof HttpMessageNotReadableException) {
      // The container hangs up on a body that breaks off or comes too slowly.
      nobodyListens(response);
      return;
    }
    if (response.isCommitted()) {
      LOG.error(
          "{} {} failed after a part of its answer was sent",
          request.getMethod(),
          route(request),
          e);
      // Closes the connection, so that the client does not take the half for the whole.
      throw new IOException("answer cut off", e);
    }
    Problem problem = problemOf(e, response);
    if (problem == null) {
      fail(e, request, response);
      return;
    }
    if (problem.status() == 413) {
      // What is left of the body is not read.
      response.setHeader("Connection", "close");
    }
    ProblemWriter.write(request, response, problem);
  }

  private static void fail(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] number = new byte[6];
    RANDOM.nextBytes(number);
    String incident = HexFormat.of().formatHex(number);
    LOG.error("incident {}: {} {} failed", incident, request.getMethod(), route(request), e);
    Problem problem =
        new Problem(
            500,
            "INTERNAL_ERROR",
            "the request failed on our side",
            "give the number of the incident to the operator, or send the same request again: what"
                + " was recorded is answered, and nothing is done twice");
    ProblemWriter.write(request, response, problem, incident);
  }

  /**
   * @return null for a failure of ours
   */
  private @Nullable Problem problemOf(Exception e, HttpServletResponse response) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UploadTooLargeException tooLarge) {
        return tooLarge.problem();
      }
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof MissingKeyException missing) {
        LOG.error("a key is missing: {}", missing.getMessage());
        return unavailable(
            response,
            "KEY_MISSING",
            ("the key %s, under which it was issued, is not on this node, so nobody can tell"
                    + " whether its code is right")
                .formatted(missing.keyName()),
            "have the operator restore the key, then send the same request again");
      }
      if (cause instanceof LedgerBehindException behind) {
        return Problem.behind(behind.what(), "this node");
      }
      if (cause instanceof LedgerStoppedException stopped) {
        // No header Retry-After: it does not come back by itself.
        return new Problem(
            503,
            "LEDGER_STOPPED",
            "the ledger is stopped on this node at position %d, and nothing was recorded: %s"
                .formatted(stopped.position(), stopped.reason()),
            stopped.remedy());
      }
      if (cause instanceof LedgerUnavailableException) {
        LOG.warn("the ledger is unavailable: {}", cause.getMessage());
        return unavailable(
            response,
            "LEDGER_UNAVAILABLE",
            "the ledger cannot be written now, and whether this request was recorded is not known",
            "send the same request again: if it was, it is answered with what was recorded and adds"
                + " nothing");
      }
    }
    return switch (e) {
      case MaxUploadSizeExceededException _ -> UploadLimit.tooLarge(maxUploadBytes);
      case MultipartException _ ->
          badRequest(
              "MALFORMED_MULTIPART",
              "",
              "the body is not well-formed multipart/form-data",
              "send the file as a part of a form");
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch.getName(), mismatch);
      case MissingServletRequestParameterException missing ->
          badRequest(
              "MISSING_PARAMETER",
              missing.getParameterName(),
              "the parameter %s is missing".formatted(missing.getParameterName()),
              "give it");
      case MissingServletRequestPartException missing ->
          badRequest(
              "MISSING_PARAMETER",
              missing.getRequestPartName(),
              "the part %s is missing".formatted(missing.getRequestPartName()),
              "send the file as the part of that name");
      case MissingRequestHeaderException missing ->
          badRequest(
              "MISSING_HEADER",
              missing.getHeaderName(),
              "the header %s is missing".formatted(missing.getHeaderName()),
              "give it");
      case MethodArgumentNotValidException unreadable when mismatchOf(unreadable) != null ->
          mismatchOf(unreadable);
      case MethodArgumentNotValidException invalid ->
          invalid(
              invalid.getBindingResult().getFieldErrors().stream()
                  .map(ProblemAdvice::faultOf)
                  .toList());
      case HandlerMethodValidationException invalid ->
          invalid.isForReturnValue() ? null : invalid(faultsOf(invalid));
      case HttpRequestMethodNotSupportedException method -> wrongMethod(method, response);
      case HttpMediaTypeNotSupportedException type -> wrongMediaType(type, response);
      case HttpMediaTypeNotAcceptableException type ->
          new Problem(
              406,
              "NOT_ACCEPTABLE",
              "this can be had as " + types(type.getSupportedMediaTypes()) + " only",
              "ask for that in the header Accept");
      case InvalidMediaTypeException _ ->
          badRequest("INVALID_HEADER", "", "a media type cannot be read", "correct the header");
      case NoHandlerFoundException _, NoResourceFoundException _ ->
          new Problem(
              404,
              "NOT_FOUND",
              "there is nothing at this address",
              "correct it; the API is described at /v3/api-docs");
      case DataAccessResourceFailureException _,
          TransientDataAccessException _,
          CannotCreateTransactionException _ -> {
        LOG.warn("the database is unavailable", e);
        yield unavailable(
            response,
            "UNAVAILABLE",
            "the database does not answer now",
            "send the same request again");
      }
      case ErrorResponse other when !other.getStatusCode().is5xxServerError() -> {
        HttpStatus status = HttpStatus.resolve(other.getStatusCode().value());
        String detail = other.getBody().getDetail();
        yield new Problem(
            other.getStatusCode().value(),
            status == null ? "REFUSED" : status.name(),
            detail == null ? "the request cannot be answered" : detail,
            "correct the request; the API is described at /v3/api-docs");
      }
      default -> null;
    };
  }

  private static Problem unavailable(
      HttpServletResponse response, String code, String message, String remedy) {
    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    return new Problem(503, code, message, remedy);
  }

  private static @Nullable Problem unreadable(HttpMessageNotReadableException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException json) {
        return JsonProblems.of(json);
      }
    }
    return e.getCause() == null
        ? badRequest("MISSING_BODY", "", "the request has no body", "send one")
        : badRequest("UNREADABLE_BODY", "", "the body could not be read", "send it again, whole");
  }

  /** A parameter of several that are one record, of which the first that cannot be read counts. */
  private static @Nullable Problem mismatchOf(MethodArgumentNotValidException e) {
    return e.getBindingResult().getFieldErrors().stream()
        .filter(error -> error.contains(TypeMismatchException.class))
        .findFirst()
        .map(error -> mismatch(error.getField(), error.unwrap(TypeMismatchException.class)))
        .orElse(null);
  }

  private static Problem mismatch(String name, TypeMismatchException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof LedgerYears.Outside) {
      return Problem.badRequest(
          "INVALID_PARAMETER",
          "the parameter %s %s".formatted(name, LedgerYears.RULE),
          List.of(
              Problem.Fault.of(
                  name,
                  Problem.shown(String.valueOf(e.getValue())),
                  LedgerYears.RULE,
                  LedgerYears.REMEDY)));
    }
    Class<?> type = e.getRequiredType();
    boolean ours =
        root instanceof IllegalArgumentException
            && type != null
            && type.getName().startsWith("fr.passnumerique.")
            && !type.isEnum();
    String said = root.getMessage();
    String due = ours && said != null ? said : "must be " + due(type);
    String value = ours ? "" : Problem.shown(String.valueOf(e.getValue()));
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter %s: %s".formatted(name, due),
        List.of(Problem.Fault.of(name, value, due, "correct the value")));
  }

  /** No parameter that is a number goes below 0: they are positions, and how many or how long. */
  private static String due(@Nullable Class<?> type) {
    return type == long.class || type == Long.class
        ? "a whole number from 0 to %d".formatted(Long.MAX_VALUE)
        : type == int.class || type == Integer.class
            ? "a whole number from 0 to %d".formatted(Integer.MAX_VALUE)
            : JsonProblems.due(type);
  }

  private static Problem wrongMethod(
      HttpRequestMethodNotSupportedException e, HttpServletResponse response) {
    Set<HttpMethod> supported = e.getSupportedHttpMethods();
    String allowed =
        supported == null
            ? ""
            : supported.stream()
                .map(HttpMethod::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    response.setHeader(HttpHeaders.ALLOW, allowed);
    return new Problem(
        405,
        "METHOD_NOT_ALLOWED",
        e.getMethod() + " is not possible here",
        "use " + (allowed.isEmpty() ? "another method" : allowed));
  }

  private static Problem wrongMediaType(
      HttpMediaTypeNotSupportedException e, HttpServletResponse response) {
    String supported = types(e.getSupportedMediaTypes());
    response.setHeader(HttpHeaders.ACCEPT, supported);
    MediaType sent = e.getContentType();
    return new Problem(
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "the body is sent %s, and %s can be read here"
            .formatted(
                sent == null ? "without a Content-Type" : "as " + Problem.shown(sent.toString()),
                supported.isEmpty() ? "another type" : supported),
        "set the header Content-Type");
  }

  private static String types(List<MediaType> types) {
    return types.stream()
        // Jackson reads and writes any application/*+json, which helps nobody to choose.
        .filter(MediaType::isConcrete)
        .map(MediaType::toString)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Problem invalid(List<Problem.Fault> faults) {
    String detail =
        faults.stream()
            .map(f -> (f.field() + " " + f.message()).strip())
            .collect(Collectors.joining("; "));
    return Problem.badRequest("INVALID_VALUE", detail, faults);
  }

  private static Problem.Fault faultOf(FieldError error) {
    String message = error.getDefaultMessage();
    return Problem.Fault.of(
        error.getField(), "", message == null ? "is invalid" : message, "correct the value");
  }

  private static List<Problem.Fault> faultsOf(HandlerMethodValidationException e) {
    return e.getParameterValidationResults().stream()
        .flatMap(
            result ->
                result.getResolvableErrors().stream()
                    .map(
                        error -> {
                          String name = result.getMethodParameter().getParameterName();
                          String message = error.getDefaultMessage();
                          return error instanceof FieldError field
                              ? faultOf(field)
                              : Problem.Fault.of(
                                  name == null ? "" : name,
                                  "",
                                  message == null ? "is invalid" : message,
                                  "correct the value");
                        }))
        .toList();
  }

  private static Problem badRequest(String code, String field, String message, String remedy) {
    return Problem.badRequest(
        code, message + "; " + remedy, List.of(Problem.Fault.of(field, "", message, remedy)));
  }

  /** The endpoint's pattern, not the address: somebody may have put a whole cheque code into it. */
  private static Object route(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? "an address without endpoint" : pattern;
  }
}
