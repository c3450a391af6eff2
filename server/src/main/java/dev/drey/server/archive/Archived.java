package dev.drey.server.archive;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A view that the archive of an ended job or application has, under the path of its method. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Archived {

    /** What is asked of it, as a query says it; the archive has it under its path alone. */
    String query() default "";
}
