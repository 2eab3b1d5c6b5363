// Offers the other versions of the site. Which there are stands in versions.js of the folder above
// them all, so that an old version knows those that came later; it is a script because a browser
// gives pages of a folder no JSON.
const place = document.getElementById("versions");
const root = document.documentElement.dataset.content_root;
const list = document.createElement("script");
list.src = `${root}../versions.js`;
list.onload = () => {
  const here = place.dataset.version;
  for (const { name, url } of window.jmdiVersions) {
    const option = new Option(name, `${root}../${url}`, false, name === here);
    place.querySelector("select").append(option);
  }
  place.querySelector("select").onchange = (event) => {
    location.href = event.target.value;
  };
  place.hidden = window.jmdiVersions.length < 2;
};
if (place) document.head.append(list);
