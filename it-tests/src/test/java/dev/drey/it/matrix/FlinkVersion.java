package dev.drey.it.matrix;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Flink whose stock cluster a class and those nested in it are given, and whose lacks hold. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({MatrixClusters.class, LacksExtension.class})
@interface FlinkVersion {

    /** As it names itself. */
    String value();
}
