package fr.passnumerique.clearing.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * An operation that answers with a table as a file, in the format that its parameter {@code format}
 * asks for. It takes a {@link TableDownload}, which the parameter belongs to, and sends by it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RequestMapping(
    method = RequestMethod.GET,
    produces = {"text/csv", "application/json"})
@Operation(
    responses =
        @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
public @interface TableExport {
  @AliasFor(annotation = RequestMapping.class)
  String[] path();

  @AliasFor(annotation = Operation.class)
  String operationId();

  @AliasFor(annotation = Operation.class)
  String summary();

  @AliasFor(annotation = Operation.class)
  String description() default "";

  /** Where none is asked for. */
  TableFormat otherwise() default TableFormat.CSV;
}
