// Offers the other versions of the site. Which there are stands in versions.js of the folder above
// them all, so that an old version knows those that came later; it is a script because a browser
// gives pages of a folder no JSON. The theme shows the template twice: in the header and, on
// small screens, in the menu.
const places = document.querySelectorAll(".site-versions");
const root = document.documentElement.dataset.content_root;

function offer(place) {
  const select = place.querySelector("select");
  for (const { name, url } of window.jmdiVersions) {
    select.append(new Option(name, `${root}../${url}`, false, name === place.dataset.version));
  }
  select.onchange = () => {
    location.href = select.value;
  };
  place.hidden = window.jmdiVersions.length < 2;
}

if (places.length) {
  const list = document.createElement("script");
  list.src = `${root}../versions.js`;
  list.onload = () => places.forEach(offer);
  document.head.append(list);
}
