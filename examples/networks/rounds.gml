Creator "invented"
graph [
  name "spring"
  directed 0
  node [ id 1 label "Alba Town Hall" ]
  node [ id 2 label "Brisa Cooperative" ]
  edge [ source 1 target 2 ]
]
graph [
  name "autumn"
  directed 0
  node [ id 1 label "Alba Town Hall" ]
  node [ id 2 label "Brisa Cooperative" ]
  node [ id 3 label "Cora Women's Club" ]
  edge [ source 1 target 2 ]
  edge [ source 2 target 3 weight 2 ]
]
