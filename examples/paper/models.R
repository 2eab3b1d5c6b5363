# An ERGM of one wave, and a SAOM of two, from what jmdi wrote.
# ties.csv: rows send, columns receive, hours a month; NA: the pair was not observed.
# ties-2.csv: the same of a second wave, where there is one.
# actors.csv: a row for each actor, in any order.
library(network)

read_wave <- function(file) {
  as.matrix(read.csv(file, row.names = 1, check.names = FALSE, encoding = "UTF-8"))
}
hours <- read_wave("ties.csv")
actors <- read.csv("actors.csv", encoding = "UTF-8")
actors <- actors[match(rownames(hours), actors$label), ]
stopifnot(identical(rownames(hours), colnames(hours)), !anyNA(actors$label))

tied <- 1 * (hours > 0) # NA stays NA: statnet takes it for a tie that is missing
net <- network(tied, directed = TRUE, loops = FALSE)
for (name in c("type", "country", "Members")) {
  net <- set.vertex.attribute(net, name, actors[[name]])
}
cat("actors", network.size(net), "\n")
cat("ties", network.edgecount(net, na.omit = TRUE), "\n")
cat("not observed", network.naedgecount(net), "\n")

if (requireNamespace("ergm", quietly = TRUE)) {
  set.seed(1)
  fitted <- ergm::ergm(
    net ~ edges + mutual + nodematch("country") + nodecov("Members") +
      gwesp(0.5, fixed = TRUE)
  )
  print(summary(fitted))
}

if (file.exists("ties-2.csv") && requireNamespace("RSiena", quietly = TRUE)) {
  later <- read_wave("ties-2.csv")[rownames(hours), colnames(hours)]
  waves <- array(c(tied, 1 * (later > 0)), dim = c(dim(tied), 2))
  data <- RSiena::sienaDataCreate(
    partners = RSiena::sienaDependent(waves),
    members = RSiena::coCovar(actors$Members)
  )
  effects <- RSiena::includeEffects(RSiena::getEffects(data), transTrip, recip)
  algorithm <- RSiena::sienaAlgorithmCreate(projname = NULL, seed = 1)
  print(RSiena::siena07(algorithm, data = data, effects = effects, batch = TRUE))
}
