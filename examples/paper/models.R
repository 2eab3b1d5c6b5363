# An ERGM of one wave, and a SAOM of two, from what jmdi wrote.
# ties.csv: rows send, columns receive, hours a month; NA: the pair was not observed;
# x: there is a tie, and nobody knows how many hours.
# ties-2.csv: the same of a second wave, where there is one.
# actors.csv: a row for each actor, in any order.
library(network)

read_wave <- function(file) {
  # As text: a single x would make a column of text, and R compares "12" > 0 as words.
  as.matrix(read.csv(file,
    row.names = 1, check.names = FALSE, encoding = "UTF-8", colClasses = "character"
  ))
}
hours_of <- function(cells) {
  cells[cells %in% "x"] <- NA
  storage.mode(cells) <- "double"
  cells
}
tied_of <- function(cells) {
  tied <- 1 * (hours_of(cells) > 0) # NA stays NA: statnet takes it for a tie that is missing
  tied[cells %in% "x"] <- 1
  tied
}
cells <- read_wave("ties.csv")
actors <- read.csv("actors.csv", encoding = "UTF-8")
actors <- actors[match(rownames(cells), actors$label), ]
stopifnot(identical(rownames(cells), colnames(cells)), !anyNA(actors$label))

hours <- hours_of(cells) # for a model of weights, such as ergm.count
tied <- tied_of(cells)
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
  later <- tied_of(read_wave("ties-2.csv"))[rownames(tied), colnames(tied)]
  waves <- array(c(tied, later), dim = c(dim(tied), 2))
  data <- RSiena::sienaDataCreate(
    partners = RSiena::sienaDependent(waves),
    members = RSiena::coCovar(actors$Members)
  )
  effects <- RSiena::includeEffects(RSiena::getEffects(data), transTrip, recip)
  algorithm <- RSiena::sienaAlgorithmCreate(projname = NULL, seed = 1)
  print(RSiena::siena07(algorithm, data = data, effects = effects, batch = TRUE))
}
