# two cafés and a bakery
Creator "made by hand"
graph [
  directed 1
  node [ id 1 label "Caf&#233; Alta" seats 12 graphics [ x 1.0 y 2.0 ] ]
  node [ id 2 label "Bakery &amp; sons" open "true" ]
  node [ id 3 ]
  edge [ source 1 target 2 weight 1.5 label "buys" ]
  edge [ source 2 target 9 ]
]
