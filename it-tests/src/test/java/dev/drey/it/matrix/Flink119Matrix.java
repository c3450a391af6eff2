package dev.drey.it.matrix;

@FlinkVersion("1.19.3")
class Flink119Matrix extends MatrixSuites {}
