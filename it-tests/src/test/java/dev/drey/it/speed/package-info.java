/** How fast Drey answers, measured against stock Flink and against what Jersey on Grizzly can. */
package dev.drey.it.speed;
