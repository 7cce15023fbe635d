package fr.passnumerique.ui.print;

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
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** An operation that answers with a document to print. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RequestMapping(method = RequestMethod.GET, produces = MediaType.APPLICATION_PDF_VALUE)
@Operation(
    responses =
        @ApiResponse(
            responseCode = "200",
            description = "The document, in French",
            content =
                @Content(
                    mediaType = MediaType.APPLICATION_PDF_VALUE,
                    schema = @Schema(type = "string", format = "binary"))))
@interface Printed {
  /** Described with all ways to refuse; by themselves questions have neither of these two. */
  String RULE_FORBIDS = "#/components/responses/RuleForbids";

  String CONFLICT = "#/components/responses/Conflict";

  @AliasFor(annotation = RequestMapping.class)
  String path();

  @AliasFor(annotation = Operation.class)
  String operationId();

  @AliasFor(annotation = Operation.class)
  String summary();

  @AliasFor(annotation = Operation.class)
  String description() default "";
}
